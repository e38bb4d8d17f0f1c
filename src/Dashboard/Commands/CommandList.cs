using Dashboard.Core.Primitives;
using Dashboard.Hosting;

namespace Dashboard.Commands;

/// <summary>Lists that are read page by page: as many rows as were asked for, and how to go on.</summary>
internal static class CommandList
{
    extension(CommandRun run)
    {
        /// <summary>Answers with the page that <c>--cursor</c> and <c>--limit</c> ask for. Gives the exit code.</summary>
        /// <param name="read">Reads up to so many rows behind a cursor.</param>
        /// <param name="convert">A row as the API has it.</param>
        /// <param name="table">The table with its headings.</param>
        /// <param name="add">Adds a row to it.</param>
        public async Task<int> ListAsync<TItem, TJson>(
            Func<string?, int, Task<Page<TItem>>> read,
            Func<TItem, TJson> convert,
            CommandTable table,
            Action<CommandTable, TJson> add)
        {
            var cursor = run.Parsed.GetValue(VerbOptions.Cursor);
            if (cursor is not null && PageCursor.Parse(cursor) is null)
            {
                return FilterOptions.Refuse(run, [new FieldFault("cursor", "is not one that this list gave")]);
            }

            var page = PageJson<TJson>.Of(await ReadAsync(read, cursor, run.Parsed.GetValue(VerbOptions.Limit)), convert);
            var exitCode = run.Answer(page, writer =>
            {
                foreach (var item in page.Items)
                {
                    add(table, item);
                }

                table.Write(writer);
            });
            run.Note($"{CommandText.Number(page.Items.Count)} of {(page.TotalIsCapped ? "at least " : "")}{CommandText.Number(page.Total)}."
                + (page.NextCursor is { } next ? $" Go on with: --cursor {next}" : ""));
            return exitCode;
        }
    }

    // A page of the core is shorter than a list may be here, and may be shorter than asked for and not the last.
    private static async Task<Page<T>> ReadAsync<T>(Func<string?, int, Task<Page<T>>> read, string? cursor, int limit)
    {
        var page = await read(cursor, Math.Min(limit, PageLimit.Largest));
        while (page.NextCursor is { } next && page.Items.Count < limit)
        {
            var more = await read(next, Math.Min(limit - page.Items.Count, PageLimit.Largest));
            page = page with { Items = [.. page.Items, .. more.Items], NextCursor = more.NextCursor };
        }

        return page;
    }
}
