// SPDX-License-Identifier: Apache-2.0
/// What can be concluded from what was observed.
///
/// In: traces, the State, how the server itself is doing. Out: findings, each with its evidence. It
/// must not know a database or a page, and changes nothing.
@NullMarked
package dev.steward.insight;

import org.jspecify.annotations.NullMarked;
