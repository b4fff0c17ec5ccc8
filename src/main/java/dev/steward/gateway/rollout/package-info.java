// SPDX-License-Identifier: Apache-2.0
/// Which version each conversation, user or run gets while a release is tried on a share of them.
///
/// In: the State and who calls for whom. Out: the caller with its version. It must not know what a
/// call asks.
@NullMarked
package dev.steward.gateway.rollout;

import org.jspecify.annotations.NullMarked;
