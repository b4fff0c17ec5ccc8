// SPDX-License-Identifier: Apache-2.0
/// The State in force as other rooms ask for it.
@NullMarked
package dev.steward.server.state;

import org.jspecify.annotations.NullMarked;
