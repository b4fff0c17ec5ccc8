// SPDX-License-Identifier: Apache-2.0
/// Which models really answer, behind the names that agents ask for.
///
/// In: spans of model calls. Out: each time that a provider answers with another model than before.
/// It must not know how calls are made.
@NullMarked
package dev.steward.insight.model;

import org.jspecify.annotations.NullMarked;
