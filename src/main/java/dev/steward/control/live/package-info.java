// SPDX-License-Identifier: Apache-2.0
/// What is going on right now: views that the gateway fills and that console, API and insight read.
@NullMarked
package dev.steward.control.live;

import org.jspecify.annotations.NullMarked;
