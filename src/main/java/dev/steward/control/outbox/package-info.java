// SPDX-License-Identifier: Apache-2.0
/// What people are told by mail and webhook: written down with what happened, sent until it arrives
/// or is given up, and never lost silently.
///
/// In: entries of the control ledger. Out: deliveries, through a carrier. It must not know how one
/// is carried or kept.
@NullMarked
package dev.steward.control.outbox;

import org.jspecify.annotations.NullMarked;
