// SPDX-License-Identifier: Apache-2.0
/// What is going on at this moment, and the switch that stops it: views that the gateway fills and
/// the console reads.
@NullMarked
package dev.steward.control.live;

import org.jspecify.annotations.NullMarked;
