// SPDX-License-Identifier: Apache-2.0
/// A report as it is written: headings and sentences with their sources, as Markdown and as HTML to
/// print.
@NullMarked
package dev.steward.assurance.report;

import org.jspecify.annotations.NullMarked;
