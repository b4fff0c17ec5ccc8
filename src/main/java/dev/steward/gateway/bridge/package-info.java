// SPDX-License-Identifier: Apache-2.0
/// Between the eras: modern clients at legacy servers, and legacy clients at modern ones.
///
/// In: requests of the client's era. Out: what the server says, in the client's era. It knows no
/// transport.
@NullMarked
package dev.steward.gateway.bridge;

import org.jspecify.annotations.NullMarked;
