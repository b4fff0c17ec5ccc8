// SPDX-License-Identifier: Apache-2.0
/// The kill switch: what is stopped, what is on its way, and the question before either changes.
@NullMarked
package dev.steward.console.stop;

import org.jspecify.annotations.NullMarked;
