"""What this room's refusals say."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "records.other_input": _(
        "这一次提交的编号已经用过,但内容不一样,所以没有再办一次。第一次的结果还在;要改请回到页面重新填写。"
    ),
    "records.conflict": _("就在这一刻,别人先改了同一条记录,您的这一步没有生效。请刷新页面看看现在的情况,再决定。"),
    "records.busy": _("现在同时办理的人太多,您的这一步还没有办。什么都没有丢,请过几秒钟再按一次。"),
    "records.file_kind": _(
        "这个文件不是 PDF、JPEG 照片或 PNG 图片,没有收下(看的是内容,不是文件名)。请把纸件扫描成 PDF,或拍成照片再选。"
    ),
    "records.file_too_big": _("这个文件超过 {most} MB,没有收下。请用低一点的清晰度重新扫描,再选。"),
    "records.file_unreadable": _("这个文件打不开:没有传完整、坏了,或者后面夹带了别的东西。没有收下,请重新扫描再选。"),
    "records.file_too_many_pixels": _(
        "这张图太大(超过 {most} 百万像素),没有收下。请用低一点的清晰度重新扫描或拍照,再选。"
    ),
    "records.file_too_many_pages": _("这份 PDF 超过 {most} 页,没有收下。请只扫描决议和签到的那几页,再选。"),
    "records.file_locked": _("这份 PDF 设了密码,以后没有人打得开,没有收下。请存成不带密码的再选。"),
    "records.file_active": _("这份 PDF 里带着程序或别的文件,没有收下。请把纸件直接扫描成 PDF,再选。"),
    "records.file_gone": _("扫描件已经不在了(选好以后放得太久),这一步没有办。请重新选一次文件。"),
    "records.file_damaged": _(
        "这份扫描件的文件不在了,或被改过,不给看。请告诉管机器的人运行 courtyard verify,并从备份恢复。"
    ),
    "records.scan_stands": _("这里已经附了一份扫描件。要换,请先取下原来的那一份。"),
    "records.no_scan": _("这里没有扫描件可取,可能别人刚取下了。请刷新页面看看。"),
}
