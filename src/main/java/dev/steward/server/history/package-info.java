// SPDX-License-Identifier: Apache-2.0
/// The past behind the live tail: the span store, its loader and its retention, opened behind a
/// server that is serving already.
@NullMarked
package dev.steward.server.history;

import org.jspecify.annotations.NullMarked;
