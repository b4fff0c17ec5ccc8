// SPDX-License-Identifier: Apache-2.0
/// What passes between an HTTP server and the console: requests, answers, live feeds, static files.
@NullMarked
package dev.steward.console.web;

import org.jspecify.annotations.NullMarked;
