// SPDX-License-Identifier: Apache-2.0
/// Tool servers that Steward starts itself: processes spoken with over their standard streams, one
/// for each caller where the server keeps state.
///
/// In: requests of a client. Out: what the process says to them. It knows no policy.
@NullMarked
package dev.steward.gateway.stdio;

import org.jspecify.annotations.NullMarked;
