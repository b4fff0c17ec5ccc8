// SPDX-License-Identifier: Apache-2.0
/// The small parts that pages are put together from, each with a template of its name under `tag/`.
@NullMarked
package dev.steward.console.part;

import org.jspecify.annotations.NullMarked;
