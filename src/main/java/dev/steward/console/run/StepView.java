// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.run;

import dev.steward.console.conversation.Step;

/// A step with the address of its run.
public record StepView(Step step, String base) {}
