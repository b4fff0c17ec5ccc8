// SPDX-License-Identifier: Apache-2.0
/// The pages about the pages: every component in every state, and every key.
@NullMarked
package dev.steward.console.guide;

import org.jspecify.annotations.NullMarked;
