"""Tasks from the queues: `kind` names the action, the rest are its arguments. What an action needs is imported then."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from chalicelib.inbound.batches import Report, each_message


def handle(event: dict[str, Any]) -> Report:
    return each_message(event, _run)


def _run(record: dict[str, Any]) -> None:
    arguments = json.loads(record["body"])
    KINDS[arguments.pop("kind")](**arguments)


def _dispatch(pk: str, sk: str) -> None:
    from chalicelib.actions.dispatch_events import dispatch

    dispatch([(pk, sk)])


def _deliver(ticket_id: str, message_id: str, purpose: str) -> None:
    from chalicelib.actions.deliver_message import deliver

    deliver(ticket_id, message_id, purpose)


def _send_sign_in(sign_in_id: str) -> None:
    from chalicelib.actions.send_sign_in import send

    send(sign_in_id)


def _send_contact_code(customer_id: str, code_id: str) -> None:
    from chalicelib.actions.prove_by_code import send

    send(customer_id, code_id)


def _index_article(article_id: str) -> None:
    from chalicelib.actions.update_search import index_article

    index_article(article_id)


def _publish_article(article_id: str) -> None:
    from chalicelib.actions.publish_article import publish_due

    publish_due(article_id)


def _index_synonyms() -> None:
    from chalicelib.actions.update_search import index_synonyms

    index_synonyms()


def _index_tickets(ticket_ids: list[str]) -> None:
    from chalicelib.actions.index_tickets import mark

    mark(ticket_ids)


def _index_customer(customer_id: str) -> None:
    from chalicelib.actions.index_tickets import mark_tickets_of

    mark_tickets_of(customer_id)


def _publish_tickets() -> None:
    from chalicelib.actions.index_tickets import publish

    publish()


def _rename_on_tickets(customer_id: str) -> None:
    from chalicelib.actions.change_customer import rename_on_tickets

    rename_on_tickets(customer_id)


def _answer_word(text_key: list[str]) -> None:
    from chalicelib.actions.answer_word import send

    send((text_key[0], text_key[1]))


def _mirror_consent(customer_id: str, at: str) -> None:
    from chalicelib.actions.mirror_consent import tell

    tell(customer_id, datetime.fromisoformat(at))


def _refresh_doubles(customer_id: str) -> None:
    from chalicelib.actions.suggest_doubles import refresh

    refresh(customer_id)


def _meet(ticket_id: str, message_id: str) -> None:
    from chalicelib.actions.suggest_doubles import meet

    meet(ticket_id, message_id)


def _record_calls(chain: str, leg_id: str, number: str | None = None) -> None:
    from chalicelib.actions.receive_call import record

    record(chain, leg_id, number)


def _look_after_leg(chain: str, leg_id: str) -> None:
    from chalicelib.actions.receive_call import look_after

    look_after(chain, leg_id)


def _run_timer(ticket_id: str) -> None:
    from chalicelib.actions.run_due import run_timer

    run_timer(ticket_id)


def _announce_event(subject: str, event_id: str, tries: int = 0) -> None:
    from chalicelib.actions.announce_event import announce

    announce(subject, event_id, tries)


def _deliver_webhook(webhook_id: str, delivery_id: str) -> None:
    from chalicelib.actions.deliver_webhook import deliver

    deliver(webhook_id, delivery_id)


def _release_webhook(webhook_id: str) -> None:
    from chalicelib.actions.release_webhook import release

    release(webhook_id)


def _send_sms_cap_notice(agent_id: str) -> None:
    from chalicelib.actions.warn_of_sms_cap import send

    send(agent_id)


def _send_webhook_notice(webhook_id: str, agent_id: str) -> None:
    from chalicelib.actions.tell_admins import send

    send(webhook_id, agent_id)


def _send_mail_summary(agent_id: str, day: str, numbers: dict[str, Any]) -> None:
    from chalicelib.actions.summarize_mail import send

    send(agent_id, day, numbers)


def _account_mail(key: str) -> None:
    from chalicelib.actions.account_mail import account

    account(key, last_try=True)


def _erase_as_wished(customer_id: str) -> None:
    from chalicelib.actions.wish_erasure import carry_out

    carry_out(customer_id)


def _run_job(job_id: str, number: int | None = None) -> None:
    from chalicelib.actions import run_job
    from chalicelib.inbound.job_steps import step_for

    run_job.run(job_id, step_for, number)


KINDS: dict[str, Callable[..., None]] = {
    "dispatch": _dispatch,
    "deliver": _deliver,
    "send_sign_in": _send_sign_in,
    "send_contact_code": _send_contact_code,
    "index_article": _index_article,
    "publish_article": _publish_article,
    "index_synonyms": _index_synonyms,
    "index_tickets": _index_tickets,
    "index_customer": _index_customer,
    "publish_tickets": _publish_tickets,
    "rename_on_tickets": _rename_on_tickets,
    "answer_word": _answer_word,
    "mirror_consent": _mirror_consent,
    "refresh_doubles": _refresh_doubles,
    "meet": _meet,
    "record_calls": _record_calls,
    "look_after_leg": _look_after_leg,
    "run_timer": _run_timer,
    "erase_as_wished": _erase_as_wished,
    "run_job": _run_job,
    "account_mail": _account_mail,
    "send_mail_summary": _send_mail_summary,
    "announce_event": _announce_event,
    "deliver_webhook": _deliver_webhook,
    "release_webhook": _release_webhook,
    "send_sms_cap_notice": _send_sms_cap_notice,
    "send_webhook_notice": _send_webhook_notice,
}
