namespace Dashboard.Core.Sessions.Binding;

/// <summary>What a request's headers mean for its session.</summary>
public abstract record BandDecision
{
    private BandDecision()
    {
    }

    /// <summary>As at login: go on.</summary>
    public sealed record Same : BandDecision;

    /// <summary>A drift that is expected: go on; what is stored follows at the next circuit proof.</summary>
    public sealed record Refresh(BindingSignal Signal) : BandDecision;

    /// <summary>Another network, and nothing else: go on. It never ends a session, it only raises the risk.</summary>
    public sealed record AddressChanged : BandDecision;

    /// <summary>The password must confirm it.</summary>
    public sealed record StepUp(BindingSignal Signal) : BandDecision;

    /// <summary>Another browser: the session is over.</summary>
    public sealed record EndSession(BindingSignal Signal) : BandDecision;
}
