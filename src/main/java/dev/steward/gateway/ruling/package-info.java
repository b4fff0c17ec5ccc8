// SPDX-License-Identifier: Apache-2.0
/// Tool calls that a model proposes, and what becomes of them: the words between what finds them in
/// an answer and what decides on them.
@NullMarked
package dev.steward.gateway.ruling;

import org.jspecify.annotations.NullMarked;
