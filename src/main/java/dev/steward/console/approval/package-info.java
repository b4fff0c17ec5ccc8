// SPDX-License-Identifier: Apache-2.0
/// The inbox of what waits for people, and the page where one call is judged.
@NullMarked
package dev.steward.console.approval;

import org.jspecify.annotations.NullMarked;
