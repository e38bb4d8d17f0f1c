using Microsoft.Extensions.Options;

namespace Dashboard.Core.Sessions.Binding;

/// <summary>
/// Binds what the server sees of a browser on every request. Only what does not vary by kind of request, proxy or network:
/// no Accept, no encodings, no order of headers. What is absent never counts against anyone, except the User-Agent.
/// </summary>
internal sealed class HeaderBand(FingerprintHasher hasher, IOptionsMonitor<BindingOptions> options)
{
    /// <summary>What a session that begins with this request is bound to; null without a User-Agent.</summary>
    public HeaderBandValues? Capture(string session, ClientHeaders headers)
    {
        if (BrowserName.Parse(headers.UserAgent) is not { } browser)
        {
            return null;
        }

        return new HeaderBandValues(
            hasher.Hash(session, nameof(browser.Family), browser.Family),
            hasher.Hash(session, nameof(browser.System), browser.System),
            browser.Major,
            Hash(session, "language", PrimaryLanguage(headers.AcceptLanguage)),
            Hash(session, "languages", LanguageList(headers.AcceptLanguage)),
            Hash(session, "platform", Given(headers.Platform)),
            Hash(session, "mobile", Given(headers.Mobile)),
            Hash(session, "address", NetworkPrefix.Of(headers.Address)));
    }

    /// <summary>Judges a request by the most serious of its signals.</summary>
    public BandDecision Compare(string session, HeaderBandValues stored, ClientHeaders headers)
    {
        var (signal, grade) = Signals(session, stored, headers)
            .Select(found => (Signal: found, Grade: options.CurrentValue.GradeOf(found)))
            .Where(found => found.Grade is not BindingGrade.Ignore)
            .OrderByDescending(found => found.Grade)
            .FirstOrDefault();
        return grade switch
        {
            BindingGrade.Ignore => new BandDecision.Same(),
            BindingGrade.Log when signal is BindingSignal.Network => new BandDecision.AddressChanged(),
            BindingGrade.Log => new BandDecision.Refresh(signal),
            BindingGrade.Challenge => new BandDecision.StepUp(signal),
            BindingGrade.End => new BandDecision.EndSession(signal),
            _ => throw new InvalidOperationException($"There is no grade {grade}."),
        };
    }

    private IEnumerable<BindingSignal> Signals(string session, HeaderBandValues stored, ClientHeaders headers)
    {
        if (Capture(session, headers) is not { } seen)
        {
            return [BindingSignal.UserAgentMissing];
        }

        // Hints and the list of languages only compare between requests of one kind: login was a navigation.
        (bool Changed, BindingSignal Signal)[] compared =
        [
            (seen.Family != stored.Family, BindingSignal.Family),
            (seen.System != stored.System, BindingSignal.System),
            (headers.IsNavigation && Differ(seen.Platform, stored.Platform), BindingSignal.Platform),
            (headers.IsNavigation && Differ(seen.Mobile, stored.Mobile), BindingSignal.Mobile),
            (seen.Major < stored.Major, BindingSignal.VersionLower),
            (Differ(seen.Language, stored.Language), BindingSignal.Language),
            (seen.Major > stored.Major, BindingSignal.VersionHigher),
            (headers.IsNavigation && Differ(seen.Languages, stored.Languages), BindingSignal.LanguageList),
            (Differ(seen.Address, stored.Address), BindingSignal.Network),
        ];
        return compared.Where(item => item.Changed).Select(item => item.Signal);
    }

    private static bool Differ(string? seen, string? stored) => seen is not null && stored is not null && seen != stored;

    private string? Hash(string session, string signal, string? value) =>
        value is null ? null : hasher.Hash(session, signal, value);

    private static string? Given(string? header) => string.IsNullOrWhiteSpace(header) ? null : header.Trim();

    // "de-AT,de;q=0.9,en;q=0.8": the first one, without its region, which browsers add and drop.
    private static string? PrimaryLanguage(string? header) => LanguageList(header) is { } list
        ? list.Split(',')[0].Split('-')[0]
        : null;

    private static string? LanguageList(string? header)
    {
        var names = (header ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(item => item.Split(';')[0].Trim().ToLowerInvariant())
            .Where(item => item is not "");
        return string.Join(',', names) is { Length: > 0 } list ? list : null;
    }
}
