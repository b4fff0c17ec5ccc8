// SPDX-License-Identifier: Apache-2.0
/// The pages of releases: which version is where, what stands in a release's way, and the way back.
@NullMarked
package dev.steward.console.release;

import org.jspecify.annotations.NullMarked;
