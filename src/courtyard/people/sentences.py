"""What this room's refusals say."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "people.not_allowed": _("您现在的职责不包括这一步,没有办。如果应该由您来办,请找镇里核对您的职责。"),
    "people.unknown": _("没有叫「{username}」的账号,或已停用。请核对登录名。"),
    "people.unfit_username": _("登录名「{username}」不能用:只能是英文字母、数字、短横和下划线。请换一个。"),
    "people.no_name": _("没有填姓名,账号没有建立。请填上姓名。"),
    "people.username_taken": _("登录名「{username}」已经有人用了,账号没有建立。请换一个。"),
    "people.weak_password": _("密码不够安全,账号没有建立。请换一个:至少 8 个字符,不要用大家常用的密码。"),
    "people.duty_not_given": _("「{kind}」不是能指派的职责,没有改。"),
    "people.duty_held": _("{name} 已经担任这里的{kind},没有重复指派。"),
    "people.duty_ended": _("这项职责已经结束了,没有再改一次。请刷新页面。"),
    "people.unfit_id": _("这次提交的「{field}」不完整,没有办。请回到上一页刷新后再填。"),
    "people.empty_field": _("「{field}」没有填,没有办。请填上再提交。"),
    "people.unfit_day": _("「{field}」填的「{given}」不是日期,没有办。请写成 2026-11-23 这样。"),
    "people.unfit_period": _("「{field}」填的「{given}」不是月份,也不是周,没有办。请写成 2026-11 或 2026-W47 这样。"),
    "people.unfit_month": _("「{field}」填的「{given}」不是月份,没有办。请写成 2026-11 这样。"),
    "people.unfit_number": _("「{field}」填的「{given}」不是 0 到 {most} 的整数,没有办。请只填数字。"),
    "people.not_chosen": _("「{field}」还没有选,没有办。请选一项再提交。"),
    "people.wrong_login": _("登录名或密码不对,没有登录。请核对后再输;不知道密码,请找镇里的管理员重设。"),
    "people.wrong_second": _("第二个人的登录名或密码不对,没有办。请第二个人自己再输一次。"),
    "people.pins_differ": _("两次输的密码不一样,没有设。请农户自己再输两次,要一样。"),
}
