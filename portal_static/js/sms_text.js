// How an SMS is counted: 160 septets of GSM 03.38 or 70 units of UCS-2, less when it takes several parts.
// The same as chalicelib/channels/sms_text.py; a test holds the two side by side.

const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
  "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const EXTENSION = new Set("\f^{}\\[~]|€");

// The encoding, the parts it is sent and billed in, and what the last of them still has room for.
export function count(body) {
  const characters = [...body];
  if (characters.every((one) => BASIC.has(one) || EXTENSION.has(one))) {
    return fill("GSM-7", characters.map((one) => (EXTENSION.has(one) ? 2 : 1)), 160, 153);
  }
  return fill("UCS-2", characters.map((one) => one.length), 70, 67);
}

// The text without what no carrier takes: control characters and halves of characters.
export function clean(text) {
  const lines = text.replace(/\r\n|[\r\u0085\u2028\u2029]/g, "\n").replace(/\t/g, " ");
  const kept = lines.replace(/(?!\n)[\p{Cc}\p{Cs}]/gu, "");
  // Not trim(): it takes a byte order mark for a blank, Python does not.
  return kept.replace(/^[^\S\uFEFF]+|[^\S\uFEFF]+$/g, "");
}

// A character of two units is never cut between two parts.
function fill(encoding, sizes, alone, each) {
  const whole = sizes.reduce((sum, size) => sum + size, 0);
  if (whole <= alone) return { encoding, parts: 1, left: alone - whole };
  let parts = 1;
  let room = each;
  for (const size of sizes) {
    if (size > room) [parts, room] = [parts + 1, each];
    room -= size;
  }
  return { encoding, parts, left: room };
}
