// SPDX-License-Identifier: Apache-2.0
/// Two runs side by side: what differs first, then their steps.
@NullMarked
package dev.steward.console.compare;

import org.jspecify.annotations.NullMarked;
