// SPDX-License-Identifier: Apache-2.0
/// How scripted agents talk with models: what is to be said, and the wire of two dialects. In: what
/// an agent wants to know. Out: what a model said, as its client read it. It must not know who
/// plays what.
@NullMarked
package dev.steward.demo.talk;

import org.jspecify.annotations.NullMarked;
