// SPDX-License-Identifier: Apache-2.0
/// How a span of any dialect becomes one of ours.
@NullMarked
package dev.steward.trace.form;

import org.jspecify.annotations.NullMarked;
