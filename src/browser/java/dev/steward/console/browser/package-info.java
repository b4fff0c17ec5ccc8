// SPDX-License-Identifier: Apache-2.0
/// Tests that open the console of a whole server in a real browser.
@NullMarked
package dev.steward.console.browser;

import org.jspecify.annotations.NullMarked;
