// SPDX-License-Identifier: Apache-2.0
/// One agent: is it doing its work, how would I know if it stopped, how do I fix it; then who and
/// what it is, its versions, its reach.
@NullMarked
package dev.steward.console.agent;

import org.jspecify.annotations.NullMarked;
