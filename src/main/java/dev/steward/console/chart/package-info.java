// SPDX-License-Identifier: Apache-2.0
/// Charts drawn at the server as SVG, each with its table behind it.
@NullMarked
package dev.steward.console.chart;

import org.jspecify.annotations.NullMarked;
