// SPDX-License-Identifier: Apache-2.0
/// Policies as people test and prove them: cases in YAML, statements over the API.
@NullMarked
package dev.steward.server.policy;

import org.jspecify.annotations.NullMarked;
