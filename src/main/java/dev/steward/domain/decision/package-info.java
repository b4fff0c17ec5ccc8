// SPDX-License-Identifier: Apache-2.0
/// What policy says of a call.
@NullMarked
package dev.steward.domain.decision;

import org.jspecify.annotations.NullMarked;
