// SPDX-License-Identifier: Apache-2.0
/// Whose the tasks are that tool servers do, also after a restart.
///
/// In come results that name a task; out goes who may ask for it, and what holds for its result.
@NullMarked
package dev.steward.gateway.task;

import org.jspecify.annotations.NullMarked;
