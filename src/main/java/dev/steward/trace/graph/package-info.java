// SPDX-License-Identifier: Apache-2.0
/// How the spans of a trace hang together: their tree, and the agents and tools that called one
/// another.
///
/// In: spans. Out: trees and graphs. It must not know what a run is.
@NullMarked
package dev.steward.trace.graph;

import org.jspecify.annotations.NullMarked;
