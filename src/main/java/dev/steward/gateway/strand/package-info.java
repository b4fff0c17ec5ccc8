// SPDX-License-Identifier: Apache-2.0
/// How a run is recognised by what is said in it: each request goes on from a place that an earlier
/// one left.
///
/// In: what a request asks and what was answered. Out: the strand of a run that it goes on with. It
/// keeps digests and ids, never what was said.
@NullMarked
package dev.steward.gateway.strand;

import org.jspecify.annotations.NullMarked;
