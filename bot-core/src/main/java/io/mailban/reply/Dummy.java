package io.mailban.reply;

final class Dummy {}
