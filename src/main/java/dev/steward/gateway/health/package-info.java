// SPDX-License-Identifier: Apache-2.0
/// How the model providers, the tool servers and the endpoints of agents have answered lately.
///
/// In: what became of each call, from the thread that made it. Out: the views that pages read. It
/// knows nothing of what was asked or answered.
@NullMarked
package dev.steward.gateway.health;

import org.jspecify.annotations.NullMarked;
