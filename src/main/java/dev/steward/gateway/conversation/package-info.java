// SPDX-License-Identifier: Apache-2.0
/// The conversations of one run and what repeats in them: an agent alone has one, its sub-agents
/// have their own.
///
/// In: messages as they are sent and answered. Out: which conversation they go on with, and how
/// often what it did last was done before. It keeps digests, knows no limits and stops nothing.
@NullMarked
package dev.steward.gateway.conversation;

import org.jspecify.annotations.NullMarked;
