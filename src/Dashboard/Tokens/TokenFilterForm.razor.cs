using Dashboard.Controls;
using Dashboard.Core.Tokens.Ledger;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Tokens;

/// <summary>The filters that are needed less often. Nothing happens before Apply.</summary>
public sealed partial class TokenFilterForm(BrowserTime browserTime)
{
    private string? _subject;
    private string? _client;
    private string? _scope;
    private string? _key;
    private string? _issuedFrom;
    private string? _issuedTo;
    private string? _expiresFrom;
    private string? _expiresTo;
    private bool _neverPresented;
    private LedgerFilter? _shown;

    [Parameter, EditorRequired]
    public LedgerFilter Filter { get; set; } = null!;

    [Parameter, EditorRequired]
    public EventCallback<LedgerFilter> OnApply { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    protected override void OnParametersSet()
    {
        // A chip that was removed meanwhile empties its field; anything else keeps what was typed.
        if (Filter == _shown)
        {
            return;
        }

        _shown = Filter;
        (_subject, _client, _scope, _key) = (Filter.Subject, Filter.Client, Filter.Scope, Filter.KeyId);
        (_issuedFrom, _issuedTo) = (Write(Filter.IssuedFrom), Write(Filter.IssuedTo));
        (_expiresFrom, _expiresTo) = (Write(Filter.ExpiresFrom), Write(Filter.ExpiresTo));
        _neverPresented = Filter.NeverPresented;
    }

    private Task ApplyAsync() => OnApply.InvokeAsync(Filter with
    {
        Subject = NullIfEmpty(_subject),
        Client = NullIfEmpty(_client),
        Scope = NullIfEmpty(_scope),
        KeyId = NullIfEmpty(_key),
        IssuedFrom = Read(_issuedFrom, Filter.IssuedFrom),
        IssuedTo = Read(_issuedTo, Filter.IssuedTo),
        ExpiresFrom = Read(_expiresFrom, Filter.ExpiresFrom),
        ExpiresTo = Read(_expiresTo, Filter.ExpiresTo),
        NeverPresented = _neverPresented,
    });

    private string? Write(DateTimeOffset? time) => DateTimeInput.Write(time, browserTime.Zone);

    // The field holds whole minutes: one that was not touched keeps its seconds.
    private DateTimeOffset? Read(string? text, DateTimeOffset? before) =>
        text == Write(before) ? before : DateTimeInput.Read(text, browserTime.Zone);

    private static string? NullIfEmpty(string? text) => text?.Trim() is { Length: > 0 } trimmed ? trimmed : null;
}
