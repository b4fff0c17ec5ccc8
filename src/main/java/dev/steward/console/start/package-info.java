// SPDX-License-Identifier: Apache-2.0
/// The way from an empty server to a first span.
@NullMarked
package dev.steward.console.start;

import org.jspecify.annotations.NullMarked;
