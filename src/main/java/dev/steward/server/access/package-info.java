// SPDX-License-Identifier: Apache-2.0
/// Who asks: bearer tokens, browser sessions, and what each may do.
@NullMarked
package dev.steward.server.access;

import org.jspecify.annotations.NullMarked;
