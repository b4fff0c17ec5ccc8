// SPDX-License-Identifier: Apache-2.0
/// The agent graph of a run as a picture: laid out the same way each time for the same run.
@NullMarked
package dev.steward.console.graph;

import org.jspecify.annotations.NullMarked;
