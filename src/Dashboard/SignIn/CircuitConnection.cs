using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Dashboard.SignIn;

/// <summary>Knows its circuit's id, whether its browser has proved its key, and when it has come back.</summary>
public sealed class CircuitConnection : CircuitHandler
{
    private bool _wasDown;

    /// <summary>Called when the browser is connected again after having been away.</summary>
    public Action? OnReconnected { get; set; }

    /// <summary>The circuit's public id; empty before it has opened.</summary>
    public string CircuitId { get; private set; } = "";

    /// <summary>True from a proof that passed until the connection is lost: whoever comes back must prove again.</summary>
    public bool IsProven { get; set; }

    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        CircuitId = circuit.Id;
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _wasDown = true;
        IsProven = false;
        return Task.CompletedTask;
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (_wasDown)
        {
            _wasDown = false;
            OnReconnected?.Invoke();
        }

        return Task.CompletedTask;
    }
}
