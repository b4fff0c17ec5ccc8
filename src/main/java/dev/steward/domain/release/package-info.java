// SPDX-License-Identifier: Apache-2.0
/// How a version of an agent comes from one environment into the next: stages, releases and their
/// states, what gates say.
@NullMarked
package dev.steward.domain.release;

import org.jspecify.annotations.NullMarked;
