// SPDX-License-Identifier: Apache-2.0
/// What stands before a route: who asks, and whether a page of another site made a browser ask.
@NullMarked
package dev.steward.server.gate;

import org.jspecify.annotations.NullMarked;
