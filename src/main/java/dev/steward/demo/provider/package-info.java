// SPDX-License-Identifier: Apache-2.0
/// The demo's model provider: a server that speaks the wire of real ones, and what its models say
/// is whispered to them. In: model calls over HTTP. Out: answers with usage, at a model's pace. It
/// must not know who asks.
@NullMarked
package dev.steward.demo.provider;

import org.jspecify.annotations.NullMarked;
