"""The audit: each unit's quota, staff and gap, matched, explained and sorted."""
