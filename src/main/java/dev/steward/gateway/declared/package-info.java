// SPDX-License-Identifier: Apache-2.0
/// Holds what a process sends against what its version declares, and puts the declared in its place
/// where the version says so.
///
/// In: the caller and what it asks. Out: what is asked on, and what differs. It must not know how a
/// call is forwarded.
@NullMarked
package dev.steward.gateway.declared;

import org.jspecify.annotations.NullMarked;
