"""Pages for what went wrong: plain words, and what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from courtyard.people.needs import public


def page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    """One error page: what happened, why, what to do."""
    return render(request, "problem.html", {"title": title, "text": text, "status": status}, status=status)


@public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(
        request, 400, _("没有看懂这次提交"), _("提交的内容不完整或格式不对,什么都没有改。请回到上一页重新填写。")
    )


@public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(
        request, 403, _("这一步没有办"), _("您的职责不包括这一页,或页面放得太久已失效。请刷新页面,或重新登录再试。")
    )


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 404, _("没有这一页"), _("网址可能抄错了,或这里没有您能看的内容。请回到首页再找。"))


@public
def broken(request: HttpRequest) -> HttpResponse:
    return page(request, 500, _("系统出了毛病"), _("这一步没有办成,已经记下。请稍后再试;还不行,请告诉管理员。"))
