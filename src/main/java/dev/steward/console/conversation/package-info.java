// SPDX-License-Identifier: Apache-2.0
/// A run as people read it: who said what, which tool was called with what, what came back.
///
/// In: the spans of a run as a tree. Out: numbered steps made of blocks, without any markup.
@NullMarked
package dev.steward.console.conversation;

import org.jspecify.annotations.NullMarked;
