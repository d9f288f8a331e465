"""What the API takes and gives, as msgspec Structs: they check requests, shape answers and make the OpenAPI document.

A field that may be left out of a change is `UNSET` by default: that is not the same as null.
"""

import atexit
import gc

# msgspec frees the type trees of Structs in the wrong order when a dying interpreter collects them: about every fifth
# process ended in a segmentation fault (msgspec/msgspec#717, still there in 0.22.0). Frozen objects are not collected.
atexit.register(gc.freeze)
