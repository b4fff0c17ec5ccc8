// SPDX-License-Identifier: Apache-2.0
/// Finds runs that go round: what comes in is each model or tool call of a run as the gateway sees
/// it, what goes out is a [dev.steward.gateway.loop.Loop] with its reason. It knows no provider and
/// no network, stops nothing itself, and keeps digests, never what was said.
@NullMarked
package dev.steward.gateway.loop;

import org.jspecify.annotations.NullMarked;
