"""What a caller did wrong at the door, with the status it gets.

hall.errors.InputError
├── BadBodyError           400  not the JSON that was asked for
├── NoSessionError         401  no session, or an old one
├── WrongSessionError      403  a session that may not do this
├── NoSuchAddressError     404  nothing lives here
├── TooLargeError          413  more than one request may carry
└── UnfitRuleError         400  a rule of calling that could not be in force here

hall.errors.WorldError
├── NoForecastError        503  the forecast does not answer
└── StoppingError          503  the server is being stopped
"""

from hall.errors import InputError, Retry, WorldError


class BadBodyError(InputError):
    """The body is not the JSON this address takes; the message names the place."""

    code = "request.body"
    retry = Retry.NEVER


class NoSessionError(InputError):
    """The request carries no session, or one that has ended."""

    code = "session.none"
    advice = "请重新登录"


class WrongSessionError(InputError):
    """The session is good but not for this."""

    code = "session.wrong"
    retry = Retry.NEVER
    advice = "请用有权限的工号登录"


class NoSuchAddressError(InputError):
    """Nothing lives at this address."""

    code = "address.none"
    retry = Retry.NEVER


class TooLargeError(InputError):
    """The body is larger than one request may carry."""

    code = "request.too_large"
    retry = Retry.NEVER


class UnfitRuleError(InputError):
    """A rule of calling that this hall could not put into force; the message says all that is wrong."""

    code = "rule.unfit"
    retry = Retry.NEVER


class NoForecastError(WorldError):
    """The forecast is switched off, or does not answer; calls go on without it."""

    code = "forecast.none"
    advice = "叫号不受影响。过几分钟再问一次；一直这样，请看服务器的日志"


class StoppingError(WorldError):
    """The server is being stopped: there will be no news from it."""

    code = "server.stopping"
    retry = Retry.LATER
    advice = "服务器正在重新启动，请稍后再试"
