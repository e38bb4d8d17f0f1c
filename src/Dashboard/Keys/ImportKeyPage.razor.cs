using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Making;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Primitives;

namespace Dashboard.Keys;

/// <summary>Imports a key. What is typed lives in this component alone.</summary>
public sealed partial class ImportKeyPage(KeyActs acts) : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<FieldFault> _faults = [];
    private KeyCreation.Created? _created;
    private string _material = "";
    private string _keyId = "";
    private KeyAlgorithm? _algorithm;
    private KeyState _state = KeyState.Previous;
    private bool _isSaving;

    private string? ErrorOf(string field) =>
        _faults.FirstOrDefault(fault => fault.Field == field) is { } fault ? $"This {fault.Message}." : null;

    private void Change(Action change)
    {
        _faults = [];
        change();
    }

    private async Task ImportAsync()
    {
        if (_isSaving)
        {
            return;
        }

        _isSaving = true;
        try
        {
            _created = await acts.ImportAsync(
                new KeyImport(_material, _algorithm, _keyId, _state, null), faults => _faults = faults, _left.Token);
            _material = _created is null ? _material : "";
        }
        finally
        {
            _isSaving = false;
        }
    }

    private void Restart() => (_created, _material, _keyId, _algorithm) = (null, "", "", null);

    public void Dispose()
    {
        // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
        _left.Cancel();
        _material = "";
    }
}
