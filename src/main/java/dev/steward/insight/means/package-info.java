// SPDX-License-Identifier: Apache-2.0
/// What is wrong with the means that agents work with: the server, models, tools, budgets, and what
/// is killed. Each is one source of findings.
@NullMarked
package dev.steward.insight.means;

import org.jspecify.annotations.NullMarked;
